using System.Runtime.CompilerServices;

namespace ProvisioningConnector.Reports.Tests;

/// <summary>Compares with a stored file byte for byte. Set <c>ACCEPT_GOLDEN=1</c> to store what is there now instead.</summary>
internal static class Golden
{
    public static void Check(string name, string actual, [CallerFilePath] string caller = "")
    {
        string path = Path.Combine(Root(caller), "Golden", name);
        if (Environment.GetEnvironmentVariable("ACCEPT_GOLDEN") == "1")
        {
            File.WriteAllText(path, actual);
            return;
        }

        Assert.That(File.Exists(path), $"There is no golden file {name}; accept it with ACCEPT_GOLDEN=1.");
        Assert.That(actual, Is.EqualTo(File.ReadAllText(path)), $"{name} differs; accept it with ACCEPT_GOLDEN=1 if that is wanted.");
    }

    private static string Root(string caller)
    {
        for (DirectoryInfo? folder = new FileInfo(caller).Directory; folder is not null; folder = folder.Parent)
        {
            if (folder.GetFiles("*.csproj").Length > 0) return folder.FullName;
        }

        throw new InvalidOperationException("The tests' sources are not where they were compiled.");
    }
}
