/// The form of generated code that this runtime fits. Every generated module names it, so that code from a generator of
/// another form stops with a compiler error here instead of misbehaving later: regenerate it with the `tlgen` of this
/// package.
public enum TLGeneratedCodeVersion1 {}
