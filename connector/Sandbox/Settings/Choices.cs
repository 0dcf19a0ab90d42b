namespace ProvisioningConnector.Sandbox.Settings;

/// <summary>Which national cloud is played (docs/graph.md#national-clouds).</summary>
public enum SandboxCloud { Global, UsGov, UsGovDod, China }

/// <summary>What the service does with something unusual.</summary>
public enum Tolerance { Accept, Refuse }

/// <summary>How numbers come back (docs/graph.md#number-format).</summary>
public enum NumberSpelling { WithSpace, WithoutSpace, AsSent }

/// <summary>A zero right after the country code (docs/graph.md#number-format).</summary>
public enum TrunkZero { Keep, Strip, Refuse }

/// <summary>Whether a phone that is added becomes the default method (docs/graph.md#phone-constraints, unknown).</summary>
public enum FirstPhoneDefault { WhenNone, Never, Always }

/// <summary>What happens to a phone POST when neither SMS nor voice is allowed (docs/graph.md#phone-constraints, unknown).</summary>
public enum PhonePolicy { On, OffButStored, OffRefused }

/// <summary>Which origin the service's own links name: this server, the cloud's Graph root, or a host that no client may follow.</summary>
public enum LinkRoot { Own, Graph, Foreign }

/// <summary>How a reader without the right role sees numbers (docs/graph.md#behaviour-of-reads).</summary>
public enum NumberMasking { None, Asterisks, Bullets, Letters }

/// <summary>What a protected resource answers.</summary>
public enum Access { Granted, Forbidden, NotFound }

/// <summary>Whose token it is; <see cref="FromToken"/> looks for <c>scp</c> in a JWT, anything else counts as app-only.</summary>
public enum CallerKind { FromToken, AppOnly, Delegated }
