using System.Collections.Immutable;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Gigawatt.Tests.Conventions;

/// <summary>One thing that a type's declaration or a method's body names: a type of this assembly, or a member of another.</summary>
/// <param name="Namespace">Namespace of the type that is named.</param>
/// <param name="Type">The type.</param>
/// <param name="Member">The member, or the user of the type.</param>
internal readonly record struct Use(string Namespace, string Type, string Member);

/// <summary>Reads from an assembly's metadata and instructions what each type and method uses.</summary>
/// <remarks>Constants are copied by the compiler and leave no trace here; a search of the sources covers them.</remarks>
internal sealed class TypeUse : IDisposable
{
    private static readonly OpCode[] OneByte = new OpCode[256];
    private static readonly OpCode[] TwoBytes = new OpCode[256];

    private readonly PEReader image;
    private readonly Names names;

    static TypeUse()
    {
        foreach (OpCode code in typeof(OpCodes).GetFields().Select(field => field.GetValue(null)).OfType<OpCode>())
        {
            (code.Size == 1 ? OneByte : TwoBytes)[(byte)code.Value] = code;
        }
    }

    public TypeUse(string path)
    {
        image = new PEReader(File.OpenRead(path));
        Reader = image.GetMetadataReader();
        names = new Names(Reader);
    }

    public MetadataReader Reader { get; }

    public void Dispose() => image.Dispose();

    /// <summary>Namespace of a type, that of the outermost one when it is nested.</summary>
    public string NamespaceOf(TypeDefinitionHandle handle) => names.Of(handle).Namespace;

    /// <summary>Everything a type names in its declaration, members and bodies.</summary>
    public IEnumerable<Use> Of(TypeDefinitionHandle handle)
    {
        TypeDefinition type = Reader.GetTypeDefinition(handle);
        List<Use> uses = [];
        names.Found = use => uses.Add(use);
        names.Add(type.BaseType);
        foreach (InterfaceImplementationHandle implemented in type.GetInterfaceImplementations())
        {
            names.Add(Reader.GetInterfaceImplementation(implemented).Interface);
        }
        foreach (CustomAttributeHandle attribute in type.GetCustomAttributes()) { names.Add(Reader.GetCustomAttribute(attribute).Constructor); }
        foreach (FieldDefinitionHandle field in type.GetFields()) { Reader.GetFieldDefinition(field).DecodeSignature(names, null); }
        foreach (PropertyDefinitionHandle property in type.GetProperties())
        {
            foreach (CustomAttributeHandle attribute in Reader.GetPropertyDefinition(property).GetCustomAttributes())
            {
                names.Add(Reader.GetCustomAttribute(attribute).Constructor);
            }
        }
        foreach (MethodDefinitionHandle method in type.GetMethods())
        {
            Reader.GetMethodDefinition(method).DecodeSignature(names, null);
            uses.AddRange(Of(method).Select(call => call.Use));
        }
        return uses;
    }

    /// <summary>Everything that the body of a method names, with the method it calls when that is one of this assembly.</summary>
    public List<(Use Use, MethodDefinitionHandle Method)> Of(MethodDefinitionHandle handle)
    {
        List<(Use, MethodDefinitionHandle)> uses = [];
        MethodDefinition method = Reader.GetMethodDefinition(handle);
        if (method.RelativeVirtualAddress == 0) { return uses; }
        MethodBodyBlock body = image.GetMethodBody(method.RelativeVirtualAddress);
        MethodDefinitionHandle called = default;
        names.Found = use => uses.Add((use, called));
        if (!body.LocalSignature.IsNil) { Reader.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(names, null); }
        BlobReader code = body.GetILReader();
        while (code.RemainingBytes > 0)
        {
            byte first = code.ReadByte();
            OpCode operation = first == 0xFE ? TwoBytes[code.ReadByte()] : OneByte[first];
            switch (operation.OperandType)
            {
                case OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok:
                    EntityHandle token = MetadataTokens.EntityHandle(code.ReadInt32());
                    called = MethodOf(token);
                    names.Add(token);
                    called = default;
                    break;
                case OperandType.InlineSwitch:
                    int targets = code.ReadInt32();         // moves the offset, which must not have been read before
                    code.Offset += 4 * targets;
                    break;
                case OperandType.InlineNone:
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    code.Offset += 1;
                    break;
                case OperandType.InlineVar:
                    code.Offset += 2;
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    code.Offset += 8;
                    break;
                default:
                    code.Offset += 4;
                    break;
            }
        }
        return uses;
    }

    private MethodDefinitionHandle MethodOf(EntityHandle token) => token.Kind switch
    {
        HandleKind.MethodDefinition => (MethodDefinitionHandle)token,
        HandleKind.MethodSpecification => MethodOf(Reader.GetMethodSpecification((MethodSpecificationHandle)token).Method),
        _ => default,
    };

    /// <summary>Reports every type that a token or a signature names.</summary>
    private sealed class Names(MetadataReader reader) : ISignatureTypeProvider<string, object?>
    {
        public Action<Use> Found { get; set; } = _ => { };

        public void Add(EntityHandle token)
        {
            if (token.IsNil) { return; }
            switch (token.Kind)
            {
                case HandleKind.TypeDefinition:
                    Found(Of((TypeDefinitionHandle)token));
                    break;
                case HandleKind.TypeReference:
                    Found(Of((TypeReferenceHandle)token, ""));
                    break;
                case HandleKind.TypeSpecification:
                    reader.GetTypeSpecification((TypeSpecificationHandle)token).DecodeSignature(this, null);
                    break;
                case HandleKind.MethodDefinition:
                    MethodDefinition method = reader.GetMethodDefinition((MethodDefinitionHandle)token);
                    Found(Of(method.GetDeclaringType()) with { Member = reader.GetString(method.Name) });
                    break;
                case HandleKind.FieldDefinition:
                    Found(Of(reader.GetFieldDefinition((FieldDefinitionHandle)token).GetDeclaringType()));
                    break;
                case HandleKind.MethodSpecification:
                    MethodSpecification generic = reader.GetMethodSpecification((MethodSpecificationHandle)token);
                    Add(generic.Method);
                    generic.DecodeSignature(this, null);
                    break;
                case HandleKind.MemberReference:
                    MemberReference member = reader.GetMemberReference((MemberReferenceHandle)token);
                    if (member.Parent.Kind == HandleKind.TypeReference)
                    {
                        Found(Of((TypeReferenceHandle)member.Parent, reader.GetString(member.Name)));
                    }
                    else { Add(member.Parent); }
                    break;
            }
        }

        public Use Of(TypeDefinitionHandle handle)
        {
            TypeDefinition type = reader.GetTypeDefinition(handle);
            while (!type.GetDeclaringType().IsNil) { type = reader.GetTypeDefinition(type.GetDeclaringType()); }
            return new Use(reader.GetString(type.Namespace), reader.GetString(type.Name), "");
        }

        private Use Of(TypeReferenceHandle handle, string member)
        {
            TypeReference type = reader.GetTypeReference(handle);
            return new Use(reader.GetString(type.Namespace), reader.GetString(type.Name), member);
        }

        public string GetTypeFromDefinition(MetadataReader metadata, TypeDefinitionHandle handle, byte rawTypeKind)
        {
            Found(Of(handle));
            return "";
        }

        public string GetTypeFromReference(MetadataReader metadata, TypeReferenceHandle handle, byte rawTypeKind)
        {
            Found(Of(handle, ""));
            return "";
        }

        public string GetTypeFromSpecification(MetadataReader metadata, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
            metadata.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

        public string GetArrayType(string elementType, ArrayShape shape) => "";

        public string GetByReferenceType(string elementType) => "";

        public string GetFunctionPointerType(MethodSignature<string> signature) => "";

        public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) => "";

        public string GetGenericMethodParameter(object? genericContext, int index) => "";

        public string GetGenericTypeParameter(object? genericContext, int index) => "";

        public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => "";

        public string GetPinnedType(string elementType) => "";

        public string GetPointerType(string elementType) => "";

        public string GetPrimitiveType(PrimitiveTypeCode typeCode) => "";

        public string GetSZArrayType(string elementType) => "";
    }
}
