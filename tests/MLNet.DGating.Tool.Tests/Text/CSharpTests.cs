using MLNet.DGating.Tool.Text;

namespace MLNet.DGating.Tool.Tests.Text;

public sealed class CSharpTests
{
    [Theory]
    [InlineData("hours-per-week", "Hours_per_week")]
    [InlineData("2nd", "_2nd")]
    [InlineData("label(IsOver50K)", "Label_IsOver50K_")]
    [InlineData("class", "Class")]
    public void Identifiers_ReadLikeTheColumn(string column, string identifier) => Assert.Equal(identifier, CSharp.Identifier(column));

    [Fact]
    public void Identifiers_AreNeverTheSame() => Assert.Equal(["A_b", "A_b_2", "A_b_3"], CSharp.Identifiers(["a-b", "a b", "a_b"]));

    [Fact]
    public void Literals_AreOnOneLine_WhereTheyFit()
    {
        string column = new('x', 30);
        Assert.Equal("new[] { \"a\", \"b\\\"\" }", CSharp.Literals(["a", "b\""]));
        Assert.Equal($"new[]\n{{\n    \"{column}\",\n    \"{column}\",\n}}", CSharp.Literals([column, column]));
    }
}
