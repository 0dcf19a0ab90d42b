using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Reports.Text;

/// <summary>The document <c>methods</c> for a terminal.</summary>
public static class MethodsText
{
    public static async Task WriteAsync(MethodsDocument document, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(output);
        await LineAsync(output,
            $"{document.User} ({document.DisplayName ?? "no name"}, {document.Uid}) "
            + $"in tenant {document.Tenant.Name}{(document.Tenant.IsSandbox ? " (SANDBOX)" : "")}: "
            + $"{document.Usable} usable methods{(document.Unread.IsEmpty ? "" : ", of what can be read")}, default {document.Default}");
        foreach (HeldPhone phone in document.Phones) await LineAsync(output,
            $"  {phone.Slot,-16} {phone.Number}{(phone.SmsSignIn is { } sms ? $"  SMS sign-in: {sms}" : "")}");
        if (document.Email is { } email) await LineAsync(output, $"  {"email",-16} {email}");
        foreach (HeldMethod method in document.Methods) await LineAsync(output,
            $"  {method.Method,-16} {method.Id}{(method.Name is { } name ? $"  {name}" : "")}");
        if (!document.Unread.IsEmpty) await LineAsync(output, $"  cannot be read here, so the user may have them: {string.Join(", ", document.Unread)}");
    }

    private static Task LineAsync(TextWriter output, string text) => output.WriteAsync(Visible.Escape(text) + "\n");
}
