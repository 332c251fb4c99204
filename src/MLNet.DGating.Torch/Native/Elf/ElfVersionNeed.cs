namespace MLNet.DGating.Torch.Native.Elf;

/// <summary>Describes a version of another library's symbols that an ELF file needs (an Elf64_Vernaux of .gnu.version_r).</summary>
/// <param name="Library">The library that must define the version, such as <c>libstdc++.so.6</c>.</param>
/// <param name="Version">The version, such as <c>GLIBCXX_3.4.32</c>.</param>
/// <param name="Flags">The flags of the entry, vna_flags.</param>
/// <param name="FlagsOffset">The offset in the file of vna_flags, which has two bytes.</param>
internal readonly record struct ElfVersionNeed(string Library, string Version, ushort Flags, long FlagsOffset)
{
    /// <summary>The flag VER_FLG_WEAK, with which the loader accepts a library that lacks the version.</summary>
    internal const ushort WeakFlag = 0x2;

    internal bool IsWeak => (Flags & WeakFlag) != 0;
}
