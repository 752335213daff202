/** A place that own rules are loaded from, as a config or the command line names it. Paths are absolute. */
export type RuleSource = {
  /** As the user wrote it; of an address without query and digest, which may hold a token. Reports and problems show it. */
  readonly name: string;
} & (
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'bundle'; readonly path: string; readonly sha256: string | null }
  | { readonly kind: 'url'; readonly url: string; readonly sha256: string | null }
  /** An npm package that is installed in `from` or above it. */
  | { readonly kind: 'package'; readonly package: string; readonly from: string }
);

/** What a config says about bundles from elsewhere. Nothing is fetched from a host that it does not name. */
export type RemoteRules = {
  readonly hosts: readonly string[];
  readonly requireDigest: boolean;
  readonly requireSignature: boolean;
  readonly keys: readonly VerificationKey[];
};

/** A key that bundle signatures are verified with; `algorithm` is a JWS name such as `RS256`. */
export type VerificationKey = {
  readonly id: string;
  readonly algorithm: string;
  /** A public key in PEM, or the shared secret of an HMAC algorithm. Never shown. */
  readonly key: string;
};
