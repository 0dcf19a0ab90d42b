namespace ProvisioningConnector.Reports.Html;

/// <summary>What the page's sections filter by; the script knows the bits.</summary>
[Flags]
internal enum HtmlFlags
{
    None = 0,
    Fewer = 1,
    OnlyPhone = 2,
    Privileged = 4,
    LastPhone = 8,
    NoneLeft = 16,
    Warned = 32,
    Drifted = 64,
    DefaultMoves = 128,
}
