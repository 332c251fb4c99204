using System.Reflection;

namespace MLNet.DGating.Tool.Code;

/// <summary>The project that both files compile in.</summary>
/// <remarks>A program that only predicts needs MLNet.DGating.Scoring alone; libtorch is for training.</remarks>
internal static class ProjectCode
{
    public static string Write(string modelFile)
    {
        string package = Metadata("PackageVersion"), torch = Metadata("LibTorchVersion");
        return $"""
            <Project Sdk="Microsoft.NET.Sdk">

              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
              </PropertyGroup>

              <ItemGroup>
                <PackageReference Include="MLNet.DGating" Version="{package}" />
                <!-- libtorch, for training only: the one of the system that trains. -->
                <PackageReference Include="libtorch-cpu-linux-x64" Version="{torch}" Condition="{On("Linux")}" />
                <PackageReference Include="libtorch-cpu-win-x64" Version="{torch}" Condition="{On("Windows")}" />
                <PackageReference Include="libtorch-cpu-osx-arm64" Version="{torch}" Condition="{On("OSX")}" />
              </ItemGroup>

              <ItemGroup>
                <None Update="{modelFile}" CopyToOutputDirectory="PreserveNewest" />
              </ItemGroup>

            </Project>

            """;
    }

    private static string On(string system) => $"$([MSBuild]::IsOSPlatform('{system}'))";

    private static string Metadata(string key) =>
        typeof(ProjectCode).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
