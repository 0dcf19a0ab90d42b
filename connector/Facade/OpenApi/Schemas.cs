using System.Text.Json.Nodes;

namespace ProvisioningConnector.Facade.OpenApi;

/// <summary>The schemas of bodies and answers, in the words that OpenAPI 2.0 and 3.1 have in common.</summary>
internal static class Schemas
{
    private const string Place = "#/schemas/";

    /// <param name="prefix">Where the document keeps its schemas, such as <c>#/definitions/</c>.</param>
    public static JsonObject Make(string prefix) =>
        JsonNode.Parse(Text.Replace(Place, prefix, StringComparison.Ordinal)) as JsonObject
        ?? throw new InvalidOperationException("The schemas are no object.");

    private const string Text = """
        {
          "Phone": { "type": "object", "required": ["slot", "number"], "properties": {
            "slot": { "type": "string", "title": "Phone type", "enum": ["mobile", "alternateMobile", "office"] },
            "number": { "type": "string", "title": "Number",
              "description": "As +CC NUMBER, office numbers with xEXTENSION; masked for keys without the right readFull." },
            "smsSignIn": { "type": "string", "title": "State of SMS sign-in",
              "description":
                "Of the mobile number only: ready, notEnabled, notAllowedByPolicy, phoneNumberNotUnique, notConfigured, notSupported or unknown." } } },
          "PhoneList": { "type": "object", "required": ["value"], "properties": {
            "value": { "type": "array", "title": "Phones", "items": { "$ref": "#/schemas/Phone" } } } },
          "PhoneInput": { "type": "object", "required": ["number"], "additionalProperties": false, "properties": {
            "number": { "type": "string", "title": "Number", "description": "International (+1 2065550100), or national with a country." },
            "country": { "type": "string", "title": "Country", "description": "ISO 3166 code for a national number." } } },
          "Email": { "type": "object", "required": ["address"], "properties": {
            "id": { "type": "string", "title": "Id" }, "address": { "type": "string", "title": "Address" } } },
          "EmailInput": { "type": "object", "required": ["address"], "additionalProperties": false, "properties": {
            "address": { "type": "string", "title": "Address" } } },
          "Method": { "type": "object", "required": ["kind", "id", "usable", "removable"], "properties": {
            "kind": { "type": "string", "title": "Kind" }, "id": { "type": "string", "title": "Id" },
            "usable": { "type": "boolean", "title": "Usable", "description": "Whether a person can sign in or pass MFA with it." },
            "removable": { "type": "boolean", "title": "Removable", "description": "Whether DeleteMethod takes it." },
            "name": { "type": "string", "title": "Name" }, "type": { "type": "string", "title": "Type", "description": "Of kinds that are unknown here." },
            "number": { "type": "string", "title": "Number" }, "address": { "type": "string", "title": "Address" } } },
          "MethodList": { "type": "object", "required": ["usable", "value"], "properties": {
            "usable": { "type": "integer", "title": "Usable methods" }, "defaultMethod": { "type": "string", "title": "Default method" },
            "unread": { "type": "array", "title": "Kinds that were not read", "items": { "type": "string" } },
            "value": { "type": "array", "title": "Methods", "items": { "$ref": "#/schemas/Method" } } } },
          "SmsSignInInput": { "type": "object", "required": ["enabled"], "additionalProperties": false, "properties": {
            "enabled": { "type": "boolean", "title": "On" } } },
          "SmsSignIn": { "type": "object", "required": ["enabled", "state"], "properties": {
            "enabled": { "type": "boolean", "title": "On" }, "before": { "type": "string", "title": "State before" },
            "state": { "type": "string", "title": "State now" } } },
          "PreferredMethodInput": { "type": "object", "required": ["method"], "additionalProperties": false, "properties": {
            "method": { "type": "string", "title": "Method", "enum": ["push", "oath", "sms", "voiceMobile", "voiceAlternateMobile", "voiceOffice"] } } },
          "PreferredMethod": { "type": "object", "required": ["method"], "properties": {
            "method": { "type": "string", "title": "Method" }, "before": { "type": "string", "title": "Before" } } },
          "PasswordInput": { "type": "object", "additionalProperties": false, "properties": {
            "password": { "type": "string", "format": "password", "title": "Password", "description": "Without it one is made." } } },
          "PassInput": { "type": "object", "additionalProperties": false, "properties": {
            "lifetimeInMinutes": { "type": "integer", "minimum": 10, "maximum": 43200, "title": "Lifetime in minutes" },
            "usableOnce": { "type": "boolean", "title": "Usable once" } } },
          "ReregisterInput": { "type": "object", "additionalProperties": false, "properties": {
            "issueTemporaryAccessPass": { "type": "boolean", "title": "Issue a temporary access pass" } } },
          "EmptyInput": { "type": "object", "additionalProperties": false },
          "DesiredState": { "type": "object", "additionalProperties": false, "properties": {
            "user": { "type": "string", "description": "May be left out; otherwise the path's." },
            "phones": { "type": "array", "description": "number:type; slots not listed are removed. [] removes all.", "items": { "type": "string" } },
            "mobile": { "type": "string", "description": "A number, or none." },
            "alternateMobile": { "type": "string", "description": "A number, or none." }, "office": { "type": "string", "description": "A number, or none." },
            "country": { "type": "string" }, "email": { "type": "string", "description": "An address, or none." },
            "remove": { "type": "object", "description": "Kind of method to \"all\" or an array of ids." },
            "smsSignIn": { "type": "string", "enum": ["on", "off"] }, "asOf": { "type": "string", "format": "date-time" } } },
          "Operation": { "type": "object", "required": ["action", "method"], "properties": {
            "action": { "type": "string", "enum": ["add", "update", "delete", "enable", "disable", "prefer", "reset"] },
            "method": { "type": "string" }, "slot": { "type": "string" }, "id": { "type": "string" },
            "before": { "type": "string" }, "after": { "type": "string" }, "reason": { "type": "string" },
            "outcome": { "type": "string", "enum": ["done", "failed", "unknown", "skipped"] },
            "verifiedAt": { "type": "string", "format": "date-time" },
            "error": { "type": "object", "properties": {
              "code": { "type": "string" }, "message": { "type": "string" }, "status": { "type": "integer" }, "requestId": { "type": "string" } } } } },
          "Held": { "type": "object", "required": ["part", "code", "message"], "properties": {
            "part": { "type": "string" }, "code": { "type": "string" }, "standing": { "type": "boolean" }, "message": { "type": "string" } } },
          "Diagnostic": { "type": "object", "required": ["code", "severity", "message"], "properties": {
            "code": { "type": "string" }, "severity": { "type": "string", "enum": ["error", "warning", "info"] }, "message": { "type": "string" } } },
          "ActionResult": { "type": "object", "required": ["outcome", "operations"], "properties": {
            "outcome": { "type": "string", "title": "Outcome", "enum": ["done", "nothingToDo"] },
            "runId": { "type": "string", "title": "Run" }, "verified": { "type": "boolean", "title": "Verified" },
            "operations": { "type": "array", "title": "Operations", "items": { "$ref": "#/schemas/Operation" } },
            "diagnostics": { "type": "array", "title": "Diagnostics", "items": { "$ref": "#/schemas/Diagnostic" } },
            "password": { "type": "string", "title": "Password", "description": "Returned once." },
            "temporaryAccessPass": { "type": "string", "title": "Temporary access pass", "description": "Returned once." } } },
          "Plan": { "type": "object", "required": ["kind", "planId", "applyable", "summary", "users"], "properties": {
            "kind": { "type": "string" }, "formatVersion": { "type": "string" }, "planId": { "type": "string" }, "masked": { "type": "boolean" },
            "applyable": { "type": "boolean", "description": "No guardrail blocks." }, "summary": { "type": "object" },
            "guardrails": { "type": "array", "items": { "type": "object" } },
            "diagnostics": { "type": "array", "items": { "$ref": "#/schemas/Diagnostic" } }, "users": { "type": "array", "items": { "type": "object" } } } },
          "Problem": { "type": "object", "required": ["type", "title", "status", "detail", "code"], "properties": {
            "type": { "type": "string" }, "title": { "type": "string" }, "status": { "type": "integer" }, "detail": { "type": "string" },
            "code": { "type": "string", "description": "Stable, for programs." }, "runId": { "type": "string" },
            "held": { "type": "array", "description": "What a rule forbids.", "items": { "$ref": "#/schemas/Held" } },
            "outcomes": { "type": "array", "description": "What became of each operation.", "items": { "$ref": "#/schemas/Operation" } },
            "diagnostics": { "type": "array", "items": { "$ref": "#/schemas/Diagnostic" } },
            "guardrail": { "type": "object", "description": "The limit over time that was reached.",
              "properties": { "name": { "type": "string" }, "limit": { "type": "integer" }, "used": { "type": "integer" }, "asked": { "type": "integer" } } },
            "password": { "type": "string", "description": "Made before it went wrong; may hold or not. Returned once." },
            "temporaryAccessPass": { "type": "string", "description": "Made before it went wrong; may hold or not. Returned once." } } }
        }
        """;
}
