using System.Globalization;
using System.Text.RegularExpressions;

namespace ProvisioningConnector.Graph.Credentials;

/// <summary>Why Microsoft Entra ID refused a token: its code and its text.</summary>
/// <param name="Number">The number behind <c>AADSTS</c>.</param>
/// <param name="Text">From <c>AADSTS</c> to the end of the message, as the service wrote it.</param>
internal sealed partial record EntraRefusal(int Number, string Text)
{
    /// <summary>The first reason that these texts quote; null when none does.</summary>
    public static EntraRefusal? Find(IEnumerable<string> texts)
    {
        foreach (string text in texts)
        {
            Match match = Code().Match(text);
            if (match.Success && int.TryParse(match.Groups["code"].ValueSpan, CultureInfo.InvariantCulture,
                out int number)) return new EntraRefusal(number, text[match.Index..]);
        }

        return null;
    }

    [GeneratedRegex(@"AADSTS(?<code>\d{4,9})\b", RegexOptions.NonBacktracking)]
    private static partial Regex Code();
}

/// <summary>What to do about a token that Microsoft Entra ID refused, by the number of its code.</summary>
internal static class EntraAdvice
{
    private const string Secrets = "in the Entra admin center (App registrations, the app, Certificates & secrets)";

    /// <summary>Whether the service says that it failed, not that the request was wrong.</summary>
    public static bool IsOutage(int number) => number is 90006 or 90033 or 90055;

    /// <summary>The next step; for a code that is not in the table a general one.</summary>
    public static string For(int number) => number switch
    {
        7000222 => $"The client secret or certificate of the app has expired. Create a new one {Secrets}, store it for Credential and run again.",
        7000215 => $"The client secret is wrong. Credential needs the secret's value, not its id; create a new one {Secrets} if the value is lost.",
        7000216 or 7000218 =>
            "The app must authenticate. Give Credential a secret or a certificate; for Kind DeviceCode allow public client flows in the app "
            + "registration (Authentication).",
        700027 or 700030 or 5002730 =>
            $"The app does not know this certificate. Upload its public part {Secrets}, or set Credential:Path to the certificate that is registered.",
        700016 or 7000229 or 700038 =>
            "The tenant does not have this app. Check ClientId and TenantId; an app of another tenant needs a service principal (admin consent) in this one.",
        7000112 => "The app is disabled. Enable it in the Entra admin center (Enterprise applications, the app, Properties).",
        90002 or 900023 or 90013 or 900021 => "The tenant does not exist in this cloud. Check TenantId and Cloud.",
        65001 or 65004 or 65005 or 70011 or 1002012 or 500011 or 650057 or 50105 =>
            "A permission or its consent is missing. Grant the application permissions of this program with admin consent (App registrations, the app, "
            + "API permissions).",
        >= 53000 and <= 53011 or 50158 or 50131 or 50097 or 530032 or 530034 or 530035 =>
            "A Conditional Access policy blocks this sign-in. Look it up in the sign-in logs (Service principal sign-ins, "
            + "or User sign-ins) and let an administrator change the policy or the place it is used from.",
        700024 or 500133 or 50013 =>
            "The clock of this machine and the one of Microsoft Entra ID differ, or the assertion is old. Set the machine's time (NTP) and run again.",
        70043 or 700082 or 700084 or 50078 or 50173 or 50132 or 50133 or 70008 or 70020 =>
            "The sign-in is too old or was revoked. Sign in again, then run again.",
        50057 or 50053 or 500571 or 50034 or 50055 or 50126 =>
            "The account that signs in is disabled, blocked, unknown, or its password is wrong or expired. Correct the account, or use another one.",
        50074 or 50076 or 50079 or 50072 =>
            "Multifactor authentication is needed, which only a person can do. Use Kind DeviceCode, or an app with a certificate or a managed identity.",
        50020 or 90072 => "The account belongs to another tenant. Sign in with an account of this tenant, or correct TenantId.",
        700211 or 700212 or 700213 or 700021 or 70021 or 700223 =>
            "The app has no federated credential for this workload. Compare issuer, subject and audience with its federated "
            + "credentials (Certificates & secrets).",
        _ => "Look up the code at https://login.microsoftonline.com/error, and check Credential, TenantId and ClientId of this tenant.",
    };
}
