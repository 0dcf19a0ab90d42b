namespace ProvisioningConnector.Stores.Database;

/// <summary>A planned user as the columns of a row: digest and sealed body.</summary>
internal sealed record UserColumns(long Ordinal, byte[]? Uid, string Situation, byte[] Body, byte[][] Names);
