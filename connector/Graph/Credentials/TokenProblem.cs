using Azure.Core;
using Azure.Identity;
using Microsoft.Identity.Client;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Answers;

namespace ProvisioningConnector.Graph.Credentials;

/// <summary>Why no token came.</summary>
/// <param name="Error">For people. Only a refusal is of kind Unauthenticated; all else says nothing about the credential.</param>
/// <param name="MayPass">Whether asking again soon may help.</param>
internal sealed record TokenProblem(ServiceError Error, bool MayPass)
{
    /// <summary>Classifies what a credential threw.</summary>
    /// <param name="thrown">The exception.</param>
    /// <param name="credential">Who threw it.</param>
    /// <param name="login">Host and port of the login authority.</param>
    public static TokenProblem From(Exception thrown, TokenCredential credential, string login)
    {
        IReadOnlyList<Exception> causes = Causes.Find(thrown);
        LoginFaultException? fault = causes.OfType<LoginFaultException>().FirstOrDefault();
        if (EntraRefusal.Find(causes.Select(e => e.Message)) is { } refusal && fault is null)
        {
            string text = QuotedText.Quote(refusal.Text, QuotedText.Reason);
            return EntraAdvice.IsOutage(refusal.Number)
                ? new TokenProblem(LoginFault.Outage(login, text), true)
                : new TokenProblem(ServiceErrors.NoToken(text, EntraAdvice.For(refusal.Number)), false);
        }

        // These take tokens from what is set up on this machine, and give nothing that could be refused; they repeat by themselves.
        if (thrown is CredentialUnavailableException
            || credential is ManagedIdentityCredential or AzureCliCredential) return new TokenProblem(ServiceErrors.NoTokenHere(Words(thrown, causes),
                Here(credential)), false);
        if (fault is not null) return new TokenProblem(fault.Error, true);
        if (causes.OfType<MsalServiceException>()
            .FirstOrDefault() is { StatusCode: >= 500 or 407 or 408 or 429 } failed) return new TokenProblem(LoginFault.Outage(login,
                $"HTTP {failed.StatusCode}"), true);
        if (causes.OfType<MsalException>()
            .Any(e => e.ErrorCode is MsalError.NonParsableOAuthError or MsalError.JsonParseError)) return new TokenProblem(LoginFault.NotEntra(login,
                "no readable answer"), true);
        if (LoginFault.Find(causes, login) is { } network) return new TokenProblem(network, true);
        if (causes.Any(e => e is OperationCanceledException or TimeoutException)) return new TokenProblem(LoginFault.Outage(login, "no answer in time"), true);
        return new TokenProblem(ServiceErrors.NoToken(Words(thrown, causes),
            "Check Credential, TenantId and ClientId of this tenant and that the secret or certificate is valid."), false);
    }

    /// <summary>What credentials and the libraries under them throw when there is no token.</summary>
    public static bool IsExpected(Exception thrown) =>
        thrown is AuthenticationFailedException or MsalException or Azure.RequestFailedException
        or HttpRequestException or IOException or OperationCanceledException or TimeoutException or AggregateException;

    // The outer text often ends before the reason.
    private static string Words(Exception thrown, IReadOnlyList<Exception> causes)
    {
        string inner = causes[^1].Message;
        string all = thrown.Message.Contains(inner, StringComparison.Ordinal) ? thrown.Message : $"{thrown.Message.Trim()} {inner}";
        return QuotedText.Quote(all, QuotedText.Reason);
    }

    private static string Here(TokenCredential credential) => credential switch
    {
        ManagedIdentityCredential =>
            "Kind ManagedIdentity works only on an Azure resource that has the identity: assign it there (and set ClientId for a user-assigned one), "
            + "or use another Kind of Credential.",
        AzureCliCredential =>
            "Install the Azure CLI, make sure that 'az' is found in PATH and run 'az login' for this tenant, or use another Kind of Credential.",
        WorkloadCredential =>
            "Kind WorkloadIdentity needs the variables of the workload identity webhook (AZURE_FEDERATED_TOKEN_FILE, AZURE_CLIENT_ID, "
            + "AZURE_TENANT_ID) and a readable token file.",
        _ => "Set up one of the sources that the message names, or say with Credential:Kind which one to use.",
    };
}

/// <summary>No token could be had, so nothing was sent.</summary>
internal sealed class TokenUnavailableException(ServiceError error, Exception inner) : Exception(error.Message, inner)
{
    public ServiceError Error { get; } = error;
}
