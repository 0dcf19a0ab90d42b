namespace ProvisioningConnector.Engine.Model.Codes;

/// <summary>A code that programs can rely on: it is never renamed and never reused.</summary>
/// <param name="Code">As it is written, such as <c>userNotFound</c> or <c>PP401</c>.</param>
/// <param name="Where">In which documents and answers it appears.</param>
/// <param name="Meaning">What it means, in one sentence.</param>
public sealed record KnownCode(string Code, CodePlaces Where, string Meaning);
