export const PERMISSION_FORMATS = ['text', 'json', 'az', 'powershell'] as const;

/** What the command line says about the script, as it is written. */
export type PermissionFlags = {
  readonly format: string;
  readonly delegated?: true;
  readonly appName?: string;
  readonly repository?: string;
  readonly branch?: string;
};
