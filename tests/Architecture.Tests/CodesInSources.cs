using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ProvisioningConnector.Architecture.Tests;

/// <summary>
/// The codes that the product's sources use: constant texts that are handed to a parameter, property, variable or tuple element called
/// <c>code</c> (in the service also <c>word</c>), returned by a method of that name, or name a guardrail's verdict.
/// </summary>
internal sealed partial class CodesInSources
{
    /// <summary>Files whose <c>code</c> is something else: colours, Markdown, reasons of operations, steps of progress, words of JSON.</summary>
    private static readonly HashSet<string> Others =
    [
        "TextStyle.cs", "MarkdownText.cs", "ErrorEnvelope.cs", "Reason.cs", "ProgressSnapshot.cs", "OperationViews.cs", "PersonEntry.cs",
        "QueryResultWriter.cs", "Readiness.cs", "OperationEntry.cs",
    ];

    private readonly SortedDictionary<string, string> _found = new(StringComparer.Ordinal);
    private readonly HashSet<string> _constants = new(StringComparer.Ordinal);

    /// <summary>Each code and a file that uses it.</summary>
    public static IReadOnlyDictionary<string, string> Read()
    {
        CodesInSources codes = new();
        SyntaxTree[] trees = [.. Repository.Sources("engine").Concat(Repository.Sources("connector")).Where(IsRead).Select(Parse)];
        SyntaxTree usings = CSharpSyntaxTree.ParseText(string.Concat(ImplicitUsings.Select(name => $"global using {name};\n")));
        CSharpCompilation all = CSharpCompilation.Create("Codes", trees.Append(usings), References(),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        foreach (SyntaxTree tree in trees)
        {
            foreach (VariableDeclaratorSyntax constant in tree.GetRoot().DescendantNodes().OfType<FieldDeclarationSyntax>()
                .Where(field => field.Modifiers.Any(SyntaxKind.ConstKeyword)).SelectMany(field => field.Declaration.Variables))
                codes._constants.Add(constant.Identifier.Text);
        }

        foreach (SyntaxTree tree in trees.Where(tree => !IsTable(tree.FilePath) && !Others.Contains(Path.GetFileName(tree.FilePath))))
            codes.Read(tree, all.GetSemanticModel(tree));
        return codes._found;
    }

    private static readonly string[] ImplicitUsings =
    [
        "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks",
        "Microsoft.AspNetCore.Builder", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Http", "Microsoft.AspNetCore.Routing",
        "Microsoft.Extensions.Configuration", "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.Hosting", "Microsoft.Extensions.Logging",
    ];

    private static SyntaxTree Parse(string file) => CSharpSyntaxTree.ParseText(File.ReadAllText(file), path: file);

    /// <summary>The sandbox speaks Graph's codes.</summary>
    private static bool IsRead(string file) => !IsBelow(file, "connector/Sandbox/");

    /// <summary>The table names codes and uses none.</summary>
    private static bool IsTable(string file) => IsBelow(file, "engine/Model/Codes/");

    private static bool IsBelow(string file, string folder) => Repository.Relative(file).Replace('\\', '/').StartsWith(folder, StringComparison.Ordinal);

    private static IEnumerable<MetadataReference> References() =>
        ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "").Split(Path.PathSeparator)
            .Where(path => path.Length > 0 && IsForeign(Path.GetFileName(path))).Select(path => MetadataReference.CreateFromFile(path));

    private static bool IsForeign(string file) =>
        file.Contains("Sandbox", StringComparison.Ordinal) || !(file.StartsWith("ProvisioningConnector", StringComparison.Ordinal)
            || file.StartsWith("provision.", StringComparison.Ordinal));

    private static bool IsCode(string name) =>
        name.Equals("code", StringComparison.OrdinalIgnoreCase) || name.Equals("word", StringComparison.OrdinalIgnoreCase);

    private void Read(SyntaxTree tree, SemanticModel model)
    {
        foreach (SyntaxNode node in tree.GetRoot().DescendantNodes())
        {
            switch (node)
            {
                case ArgumentSyntax { Parent: ArgumentListSyntax } argument when IsPossible(argument.Expression)
                    && model.GetOperation(argument) is IArgumentOperation { Parameter: { Type.SpecialType: SpecialType.System_String } parameter }
                    && (IsCode(parameter.Name) || parameter is { Name: "Name", ContainingSymbol.ContainingType.Name: "GuardrailVerdict" }):
                    Take(model, argument.Expression);
                    break;
                case AssignmentExpressionSyntax { Left: IdentifierNameSyntax name } assigned when IsCode(name.Identifier.Text):
                    Take(model, assigned.Right);
                    break;
                case AssignmentExpressionSyntax { Left: DeclarationExpressionSyntax { Designation: ParenthesizedVariableDesignationSyntax names } } assigned:
                    TakeElement(model, assigned.Right, [.. names.Variables.Select(variable => variable.ToString())]);
                    break;
                case AssignmentExpressionSyntax { Left: TupleExpressionSyntax names } assigned:
                    TakeElement(model, assigned.Right, [.. names.Arguments.Select(one => one.Expression.ToString().Split(' ')[^1])]);
                    break;
                case VariableDeclaratorSyntax { Initializer: { } initial } variable when IsCode(variable.Identifier.Text):
                    Take(model, initial.Value);
                    break;
                case MethodDeclarationSyntax { ExpressionBody: { } body, ReturnType: PredefinedTypeSyntax } method
                    when method.Identifier.Text is "Code" or "CodeOf" or "Word" or "Guardrail":
                    Take(model, body.Expression);
                    break;
            }
        }
    }

    private void TakeElement(SemanticModel model, ExpressionSyntax expression, string[] names)
    {
        int at = Array.FindIndex(names, IsCode);
        if (at < 0) return;
        foreach (TupleExpressionSyntax tuple in Ends(expression).OfType<TupleExpressionSyntax>()) Take(model, tuple.Arguments[at].Expression);
    }

    private void Take(SemanticModel model, ExpressionSyntax expression)
    {
        foreach (ExpressionSyntax end in Ends(expression).Where(IsPossible))
        {
            if (model.GetConstantValue(end) is { HasValue: true, Value: string text } && Shape().IsMatch(text))
                _found.TryAdd(text, Repository.Relative(end.SyntaxTree.FilePath));
        }
    }

    /// <summary>What the expression may come to.</summary>
    private static IEnumerable<ExpressionSyntax> Ends(ExpressionSyntax expression) => expression switch
    {
        ConditionalExpressionSyntax choice => Ends(choice.WhenTrue).Concat(Ends(choice.WhenFalse)),
        SwitchExpressionSyntax choice => choice.Arms.SelectMany(arm => Ends(arm.Expression)),
        ParenthesizedExpressionSyntax inner => Ends(inner.Expression),
        BinaryExpressionSyntax choice when choice.IsKind(SyntaxKind.CoalesceExpression) => Ends(choice.Left).Concat(Ends(choice.Right)),
        _ => [expression],
    };

    /// <summary>Whether it holds a constant text; most arguments do not, and asking the compiler for all takes long.</summary>
    private bool IsPossible(SyntaxNode expression) => expression.DescendantNodesAndSelf().Any(node => node switch
    {
        LiteralExpressionSyntax { Token.Value: string text } => Shape().IsMatch(text),
        IdentifierNameSyntax name => name.Identifier.Text == "nameof" || _constants.Contains(name.Identifier.Text),
        _ => false,
    });

    [GeneratedRegex("^([a-z][A-Za-z0-9]+|[A-Z][a-z]+[A-Za-z]+|PP[0-9]{3})$")]
    private static partial Regex Shape();
}
