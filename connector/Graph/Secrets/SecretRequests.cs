using Microsoft.Graph.Users.Item.Authentication.Methods.Item.ResetPassword;
using ProvisioningConnector.Engine.Evidence.Secrets;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Graph.Answers;
using ProvisioningConnector.Graph.Http;
using ProvisioningConnector.Graph.Sdk;
using Models = Microsoft.Graph.Models;

namespace ProvisioningConnector.Graph.Secrets;

/// <summary>The requests that carry or make a secret (docs/graph.md#other-methods, docs/graph.md#password-reset), made by the SDK's builders.</summary>
internal sealed class SecretRequests(GraphSdk sdk)
{
    /// <summary>The fixed id of everybody's password method (docs/graph.md#password-reset).</summary>
    public const string PasswordId = "28c10230-6103-485e-b985-444c60001490";

    public GraphCall Reset(string uid, Secret? given) => sdk.Client.Users[uid].Authentication.Methods[PasswordId].ResetPassword
        .ToPostRequestInformation(new ResetPasswordPostRequestBody { NewPassword = given?.Reveal() }).ToCallFor(uid, Purpose.ResetPassword);

    public GraphCall Set(string uid, Secret password, bool mustChange) => sdk.Client.Users[uid].ToPatchRequestInformation(new Models.User
    {
        OdataType = null, PasswordProfile = new Models.PasswordProfile { ForceChangePasswordNextSignIn = mustChange, Password = password.Reveal() },
    }).ToCallFor(uid, Purpose.SetPassword);

    public GraphCall Issue(string uid, Operation.IssuePass pass) => sdk.Client.Users[uid].Authentication.TemporaryAccessPassMethods
        .ToPostRequestInformation(new Models.TemporaryAccessPassAuthenticationMethod
        {
            OdataType = null, IsUsableOnce = pass.Once, LifetimeInMinutes = pass.LifetimeInMinutes,
        }).ToCallFor(uid, Purpose.IssuePass);
}
