using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Text;
using ProvisioningConnector.Facade.Authorization;
using ProvisioningConnector.Facade.Http;
using ProvisioningConnector.Icf.Errors;
using ProvisioningConnector.Icf.Objects;

namespace ProvisioningConnector.Facade.Openidm;

/// <summary>Which resource a path means: <c>/openidm/system/{tenant}/{type}[/{id}]</c>.</summary>
/// <param name="Tenant">As sent.</param>
/// <param name="Type">Object class as sent.</param>
/// <param name="Id">Null: the collection.</param>
internal sealed record UserPath(string Tenant, string Type, string? Id)
{
    /// <summary>As messages name it: <c>system/azuread/user</c>.</summary>
    public string Collection => $"system/{Tenant}/{Type}";

    public ObjectClass Class => new(Type);

    /// <exception cref="FacadeRefusal">404: there is no such object type; 400: the id names no user.</exception>
    public static UserPath From(HttpContext context)
    {
        UserPath path = new(Value(context, RequestCaller.TenantValue) ?? "", Value(context, "type") ?? "", Value(context, "id"));
        if (!path.Class.IsUser) throw FacadeRefusal.NotFound(context.Request.Path);
        if (path.Id is null) return path;
        UserKey user = RouteText.User(context, "id");
        // Objects have ids and principal names here; other words for a user are those of the plain API.
        return path with { Id = user.Kind == UserKeyKind.Name ? user.Value : user.ToString() };
    }

    /// <summary>The name of a user in a filter, without blanks and invisible characters around it.</summary>
    /// <exception cref="InvalidAttributeValueException">One stands inside it.</exception>
    public static string SentName(string text) => InvisibleCharacters.Find(text) is { } sign
        ? throw new InvalidAttributeValueException($"The name of the user has {sign}. Type it again instead of pasting it.") { Code = InvisibleCharacter.Code }
        : InvisibleCharacters.Trim(text);

    public CrestError NotFound(string operation) =>
        operation == "READ" ? SystemErrors.ObjectNotFound(Id ?? "", Collection) : SystemErrors.ResourceNotFound(operation, Id ?? "", Collection);

    /// <summary>Runs an operation; an unknown user is reported in OpenIDM's words.</summary>
    public async Task<T> FindingAsync<T>(string operation, Task<T> work)
    {
        try
        {
            return await work;
        }
        catch (UnknownUidException)
        {
            throw new CallRefusal(NotFound(operation));
        }
    }

    private static string? Value(HttpContext context, string name) => RouteText.Value(context, name);
}
