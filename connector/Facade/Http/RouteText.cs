using Microsoft.AspNetCore.Http.Features;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Text;

namespace ProvisioningConnector.Facade.Http;

/// <summary>
/// What a path names, percent-decoded once, for every API alike. The web server leaves an encoded slash as it is, lest it divide the path, so that
/// <c>%2F</c> and <c>%252F</c> look the same to a route: then the path as it was sent decides.
/// </summary>
internal static class RouteText
{
    /// <summary>A value of the route; null: it has none.</summary>
    /// <exception cref="FacadeRefusal">400: it is not clear what is meant.</exception>
    public static string? Value(HttpContext context, string name)
    {
        if (context.GetRouteValue(name) is not string { Length: > 0 } served) return null;
        if (!served.Contains("%2F", StringComparison.OrdinalIgnoreCase)) return served;
        string target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        string[] meant = [.. target.Split('?', 2)[0].Split('/').Where(sent => AsServed(sent) == served).Select(Uri.UnescapeDataString)
            .Distinct(StringComparer.Ordinal)];
        return meant is [var one] ? one : throw Bad("badPath", "The path is ambiguous: percent-encode each of its parts once.");
    }

    /// <summary>The user in the path, by the rules that hold wherever a person names a user, so that one user has one name.</summary>
    /// <exception cref="FacadeRefusal">400: no user is named, or with signs that cannot be seen, or an object id in an unusual form.</exception>
    public static UserKey User(HttpContext context, string name)
    {
        string text = Value(context, name) ?? "";
        if (InvisibleCharacters.Find(text) is { } sign) throw Bad(InvisibleCharacter.Code,
            $"The user in the path has {sign}. Type the name again instead of pasting it.");
        return UserName.TryRead(text, out UserKey key, out _) && !IsSegment(key) ? key : throw Bad("userNeeded",
            "The path names no user. Use the object id (32 hexadecimal digits in five groups, without braces), the user principal name, employeeId:… or "
            + "mail:…, percent-encoded once.");
    }

    /// <summary>What OData calls a segment, such as <c>$count</c>: no user is named so.</summary>
    private static bool IsSegment(UserKey key) =>
        key.Kind == UserKeyKind.Name && key.Value.StartsWith('$') && !key.Value.Contains('@', StringComparison.Ordinal);

    /// <summary>As the web server hands it out.</summary>
    private static string AsServed(string sent) => Uri.UnescapeDataString(
        sent.Replace("%2F", "%252F", StringComparison.Ordinal).Replace("%2f", "%252f", StringComparison.Ordinal));

    private static FacadeRefusal Bad(string code, string message) => new(StatusCodes.Status400BadRequest, message) { Word = code };
}
