using System.Globalization;
using ProvisioningConnector.Crest.Errors;

namespace ProvisioningConnector.Crest.Requests;

/// <summary>What a client asks for with <c>Accept-API-Version</c> (docs/openidm.md#bodies-and-versions).</summary>
/// <param name="Wire">The protocol.</param>
/// <param name="Resource">The version of the resource.</param>
public sealed record ApiVersions(ApiVersion Wire, ApiVersion Resource)
{
    /// <summary>The request header.</summary>
    public const string RequestHeader = "Accept-API-Version";

    /// <summary>The response header.</summary>
    public const string ResponseHeader = "Content-API-Version";

    /// <summary>Its value in every answer.</summary>
    public const string Content = "protocol=2.1,resource=1.0";

    /// <summary>The protocol spoken here: 2.1.</summary>
    public static ApiVersion Protocol { get; } = new(2, 1);

    /// <summary>The version of all resources: 1.0.</summary>
    public static ApiVersion OfResources { get; } = new(1, 0);

    /// <summary>From this protocol on a POST without <c>_action</c> creates.</summary>
    internal static ApiVersion CreateByPost { get; } = new(2, 1);

    /// <summary>
    /// What was asked for; what is missing counts as what is spoken here. Not parsable, or a newer protocol: 400. Another version of the
    /// resource: 404, as Ping answers.
    /// </summary>
    /// <param name="header">The header; null when not sent.</param>
    public static Parsed<ApiVersions> Parse(string? header)
    {
        ApiVersion? protocol = null, resource = null;
        foreach (Range part in header.AsSpan().Split(','))
        {
            ReadOnlySpan<char> item = header.AsSpan(part).Trim();
            if (header is null || (item.IsEmpty && string.IsNullOrWhiteSpace(header))) break;
            int sign = item.IndexOf('=');
            if (sign < 0 || ApiVersion.Parse(item[(sign + 1)..].Trim()) is not { } version) return Unreadable();
            ReadOnlySpan<char> name = item[..sign].Trim();
            if (name.Equals("protocol", StringComparison.OrdinalIgnoreCase) && protocol is null) protocol = version;
            else if (name.Equals("resource", StringComparison.OrdinalIgnoreCase) && resource is null) resource = version;
            else return Unreadable();
        }

        return Judged(new(protocol ?? Protocol, resource ?? OfResources));
    }

    private static Parsed<ApiVersions> Judged(ApiVersions asked)
    {
        if (asked.Wire.Major > Protocol.Major) return CrestError.Bad($"Unsupported major version: {asked.Wire}");
        if (Protocol.IsBefore(asked.Wire)) return CrestError.Bad($"Unsupported minor version: {asked.Wire}");
        return asked.Resource == OfResources ? asked
            : new CrestError(CrestStatus.NotFound, "Resource '' not found",
                ErrorDetail.Advice($"{RequestHeader} asks for resource={asked.Resource}; offered is resource={OfResources}."));
    }

    private static CrestError Unreadable() => CrestError.Bad($"The header {RequestHeader} can't be parsed. Send {Content}, or leave it out.");
}

/// <summary>A version <c>major.minor</c>; <c>2</c> is <c>2.0</c>.</summary>
public readonly record struct ApiVersion(int Major, int Minor)
{
    /// <summary>Whether this version came before the other one.</summary>
    public bool IsBefore(ApiVersion other) => (Major, Minor).CompareTo((other.Major, other.Minor)) < 0;

    /// <summary>The version in the text; null when it is none.</summary>
    public static ApiVersion? Parse(ReadOnlySpan<char> text)
    {
        int dot = text.IndexOf('.');
        if (dot < 0) return Number(text) is { } whole ? new(whole, 0) : null;
        return Number(text[..dot]) is { } major && Number(text[(dot + 1)..]) is { } minor ? new(major, minor) : null;
    }

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}");

    private static int? Number(ReadOnlySpan<char> text) =>
        text.Length <= 6 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
