using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ProvisioningConnector.Facade.Authentication;

/// <summary>JWT bearer tokens. It logs nothing: its lines quote what a token says, and anybody may write tokens.</summary>
internal sealed class TokenHandler(IOptionsMonitor<JwtBearerOptions> options, UrlEncoder encoder)
    : JwtBearerHandler(options, NullLoggerFactory.Instance, encoder);
