namespace ProvisioningConnector.Sandbox.Settings;

/// <summary>Which national cloud is played (graph-facts 10).</summary>
public enum SandboxCloud { Global, UsGov, UsGovDod, China }

/// <summary>What the service does with something unusual.</summary>
public enum Tolerance { Accept, Refuse }

/// <summary>How numbers come back (graph-facts 2.3).</summary>
public enum NumberSpelling { WithSpace, WithoutSpace, AsSent }

/// <summary>A zero right after the country code (graph-facts 2.3).</summary>
public enum TrunkZero { Keep, Strip, Refuse }

/// <summary>Whether a phone that is added becomes the default method (graph-facts 2.2, unknown).</summary>
public enum FirstPhoneDefault { WhenNone, Never, Always }

/// <summary>What happens to a phone POST when neither SMS nor voice is allowed (graph-facts 2.2, unknown).</summary>
public enum PhonePolicy { On, OffButStored, OffRefused }

/// <summary>Which origin the service's own links name: this server, the cloud's Graph root, or a host that no client may follow.</summary>
public enum LinkRoot { Own, Graph, Foreign }

/// <summary>How a reader without the right role sees numbers (graph-facts 1.2).</summary>
public enum Masking { None, Asterisks, Bullets, Letters }

/// <summary>What a protected resource answers.</summary>
public enum Access { Granted, Forbidden, NotFound }

/// <summary>Whose token it is; <see cref="FromToken"/> looks for <c>scp</c> in a JWT, anything else counts as app-only.</summary>
public enum CallerKind { FromToken, AppOnly, Delegated }
