namespace ProvisioningConnector.Crest.Requests;

/// <summary>How a PUT on a system object is read (idm-conventions 1.3).</summary>
public enum PutReading
{
    /// <summary>As Ping's documentation uses it: <c>If-None-Match: *</c> and no header at all update an object that exists.</summary>
    Documented,

    /// <summary>As the real server answers: both of these are 404.</summary>
    Strict,
}
