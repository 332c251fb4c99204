using System.Reflection;

namespace MLNet.DGating.Tool.Code;

/// <summary>The project that both files compile in. Predicting needs MLNet.DGating.Scoring alone; training also libtorch.</summary>
internal static class ProjectCode
{
    public static string Write(string modelFile) => $"""
        <Project Sdk="Microsoft.NET.Sdk">

          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
          </PropertyGroup>

          <ItemGroup>
            <PackageReference Include="MLNet.DGating" Version="{Metadata("PackageVersion")}" />
            <!-- libtorch, for training only: the one of the system that trains. -->
            <PackageReference Include="libtorch-cpu-linux-x64" Version="{Metadata("LibTorchVersion")}" Condition="$([MSBuild]::IsOSPlatform('Linux'))" />
            <PackageReference Include="libtorch-cpu-win-x64" Version="{Metadata("LibTorchVersion")}" Condition="$([MSBuild]::IsOSPlatform('Windows'))" />
            <PackageReference Include="libtorch-cpu-osx-arm64" Version="{Metadata("LibTorchVersion")}" Condition="$([MSBuild]::IsOSPlatform('OSX'))" />
          </ItemGroup>

          <ItemGroup>
            <None Update="{modelFile}" CopyToOutputDirectory="PreserveNewest" />
          </ItemGroup>

        </Project>

        """;

    private static string Metadata(string key) =>
        typeof(ProjectCode).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
