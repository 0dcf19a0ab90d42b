using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Reports.Tests.Samples;

/// <summary>Texts that want to be more than text.</summary>
internal static class Hostile
{
    public static string[] Texts { get; } =
    [
        "=HYPERLINK(\"http://evil.example\",\"x\")",
        "<img src=x onerror=alert(1)>",
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "](javascript:alert(1))",
        "![x](http://evil.example/x.png)",
        "`code` ``more``` | cell | @everyone #1 http://evil.example www.evil.example",
        "\u001b[2J\u001b]0;owned\u0007",
        "\u009b31m",
        "abc\u202Egnp.exe\u2066\u2069",
        "nul\0\r\nline\u2028next\u2029",
        "\uD800broken",
        "' onmouseover='alert(1)",
        "\" autofocus onfocus=\"alert(1)",
        "{{constructor.constructor('alert(1)')()}}",
        "</details></summary>\n# heading\n- item\n> quote",
    ];

    public static PlannedUser[] Users { get; } =
    [
        .. Texts.Select((text, i) => Sample.User(
            text, new() { Mobile = CurrentSlot.FromGraph(text), Others = [new(MethodKind.Fido2, text, text)] },
            operations:
            [
                new Operation.DeletePhone(PhoneType.Mobile, CurrentSlot.FromGraph(text), Reason.Unreadable),
                new Operation.RemoveMethod(new(MethodKind.Fido2, text, text), Reason.NotWanted),
            ],
            held: [new(Part.Email, text, false, text)],
            diagnostics: [Diagnostic.Warning(text, text, new Place(text, 3, text))],
            displayName: text, ordinal: i)),
        .. Texts.Select((text, i) => Sample.User(text, new(), situation: Situation.Invalid, diagnostics: [Diagnostic.Error(text, text)],
            displayName: text, ordinal: i + 100)),
    ];

    public static PlanHeader Head(string text) =>
        Sample.Head(null, new Engine.Records.GuardrailVerdict(text, Engine.Records.Verdict.Blocked, 1, 2, text, text)) with
        {
            Tenant = new(text, text, text, IsSandbox: true),
            Source = new(text, text, 3, Delta: true),
            Actor = text,
            PlanId = text,
            ToolVersion = text,
            Diagnostics = [Diagnostic.Error(text, text)],
        };
}
