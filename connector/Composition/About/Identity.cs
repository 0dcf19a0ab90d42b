using System.Reflection;
using System.Security.Cryptography;

namespace ProvisioningConnector.Composition.About;

/// <summary>Who and what runs.</summary>
internal static class Identity
{
    private static readonly string[] Version =
        (typeof(Identity).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0").Split('+', 2);

    public static string ToolVersion => Version[0];

    /// <summary>The commit that this was built from; null: not known.</summary>
    public static string? Commit => Version.Length > 1 ? Version[1] : null;

    /// <summary>The operating system's user and machine.</summary>
    public static string Actor => $"{Environment.UserName}@{Environment.MachineName}";

    /// <summary>A new id that sorts by time and can be typed.</summary>
    public static string NewId(char kind, DateTimeOffset now) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"{kind}{now.UtcDateTime:yyyyMMdd-HHmmss}-{RandomNumberGenerator.GetHexString(6, lowercase: true)}");
}
