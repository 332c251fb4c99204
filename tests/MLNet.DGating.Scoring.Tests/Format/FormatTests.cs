using CsCheck;

namespace MLNet.DGating.Scoring.Tests.Format;

public class FormatTests
{
    [Fact]
    public void Read_OfWhatWasWritten_WritesTheSameBytes() =>
        Payload.Any.Sample(payload =>
        {
            byte[] bytes = payload.Write();
            var read = Payload.Read(bytes);
            Assert.Equal(bytes, read.Write());
            Assert.Equal(payload.Network.Inputs.Encoding.UniformBound, read.Network.Inputs.Encoding.UniformBound);
            Assert.Equal(payload.Path, read.Path);
            Assert.Equal(payload.Selection.Groups, read.Selection.Groups);
            Assert.Equal(payload.Selection.Metadata.Names, read.Selection.Metadata.Names);
            Assert.Equal(payload.Selection.Frequency, read.Selection.Frequency);
            Assert.Equal(payload.Selection.Certificate, read.Selection.Certificate);
            Assert.Equal(payload.Selection.IsBetterThanConstant, read.Selection.IsBetterThanConstant);
            Assert.Equal(payload.Selection.Choice, read.Selection.Choice);
        });

    [Fact]
    public void Read_OfATruncatedFile_NamesWhatItEndsWithin() =>
        Gen.Select(Payload.Any, Gen.Double[0, 1]).Sample((payload, part) =>
        {
            byte[] bytes = payload.Write();
            int length = (int)(part * (bytes.Length - 1));
            FormatException error = Assert.Throws<FormatException>(() => Payload.Read(bytes.AsSpan(0, length)));
            Assert.Matches("^The model is damaged: (the file ends within .+|.+ cannot be read)[.]", error.Message);
        });

    [Fact]
    public void Read_OfACorruptFile_GivesAFormatErrorOrAModel() =>
        Gen.Select(Payload.Any, Gen.Double[0, 1], Gen.Byte[1, 255]).Sample((payload, place, change) =>
        {
            byte[] bytes = payload.Write();
            bytes[(int)(place * (bytes.Length - 1))] ^= change;
            try
            {
                Payload.Read(bytes).Write();
            }
            catch (FormatException e)
            {
                Assert.Contains("The model is damaged", e.Message, StringComparison.Ordinal);
            }
        }, iter: 2_000);
}
