import { TOKEN_VARIABLE } from './flags.ts';

/** How the environment signs in, for help; the way there is chosen in tenant/graph/sign-in-plan.ts. */
export const SIGN_IN_HELP = `Sign-in (no secret is ever an option):
  GitHub Actions                 --auth oidc, with "id-token: write" in the job
  AZURE_FEDERATED_TOKEN_FILE     --auth oidc elsewhere
  AZURE_CLIENT_CERTIFICATE_PATH, AZURE_CLIENT_CERTIFICATE_PASSWORD
                                 --auth certificate
  AZURE_CLIENT_SECRET            --auth secret
  ${TOKEN_VARIABLE}      --auth token: a token for Graph that you have already
  AZURE_TENANT_ID, AZURE_CLIENT_ID
                                 what --tenant and --client-id say as well
  HTTPS_PROXY, NO_PROXY, NODE_EXTRA_CA_CERTS
                                 the network; "agentid-lint doctor" shows what counts`;
