using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Facade.Access;

namespace ProvisioningConnector.Facade.Authentication;

/// <summary>Registers the authentication schemes.</summary>
internal static class AuthenticationServices
{
    public static void Add(IServiceCollection services, FacadeSettings settings)
    {
        services.AddSingleton(new LoopbackAccounts(settings.LoopbackAccounts)).AddSingleton<LoginThrottle>().AddSingleton<RefusalRecords>();
        services.AddSingleton<IssuerDocuments>().AddSingleton<TokenIssuers>();
        // Without what AddAuthentication brings beside it: data protection would write keys of its own into the home directory.
        services.AddAuthenticationCore(static options => options.DefaultScheme = CallerSchemes.Front).AddWebEncoders();
        AuthenticationBuilder schemes = new AuthenticationBuilder(services)
            .AddScheme<AuthenticationSchemeOptions, CredentialsHandler>(CallerSchemes.Front, null)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(CallerSchemes.ApiKey, null)
            .AddScheme<AuthenticationSchemeOptions, LoopbackAccountHandler>(CallerSchemes.LoopbackAccount, null);
        if (!settings.Issuers.IsEmpty) AddTokens(schemes, settings);
    }

    private static void AddTokens(AuthenticationBuilder schemes, FacadeSettings settings)
    {
        schemes.Services.AddHostedService<KeyRefresh>();
        foreach (JwtSettings issuer in settings.Issuers)
        {
            string scheme = CallerSchemes.Bearer(issuer.Name);
            schemes.AddScheme<JwtBearerOptions, TokenHandler>(scheme, null);
            schemes.Services.AddOptions<JwtBearerOptions>(scheme).Configure<TokenIssuers, TimeProvider>(
                (options, issuers, time) => TokenRules.Set(options, issuers.All.First(one => one.Settings == issuer), issuers, time));
        }
    }
}
