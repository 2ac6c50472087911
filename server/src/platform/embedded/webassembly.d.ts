/** Neither the compiler's ES library nor Node's types declare what we use of it. */
declare namespace WebAssembly {
  type Module = object;
  type Instance = { readonly exports: object };
  function compile(bytes: Uint8Array): Promise<Module>;
  function instantiate(module: Module, imports: Record<string, object>): Promise<Instance>;
}
