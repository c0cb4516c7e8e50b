// An authorization server that others wrote and certified: oidc-provider, on a free port, until stdin closes.
//
// Users: any login name with any password (its development pages). Clients: see below. It says one JSON line when it is
// ready: {"issuer": ...}.
const http = require("node:http");
const { generateKeyPairSync } = require("node:crypto");
const { Provider } = require("oidc-provider");

const quiet = () => {};
console.warn = console.info = quiet;

const server = http.createServer();
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const web = ["authorization_code", "refresh_token"];
  const provider = new Provider(issuer, {
    clients: [
      { client_id: "native", application_type: "native", token_endpoint_auth_method: "none",
        redirect_uris: ["http://127.0.0.1/callback", "http://localhost/callback"], grant_types: [...web, "urn:ietf:params:oauth:grant-type:device_code"] },
      { client_id: "web app", client_secret: "s:e/c r%et", application_type: "native",
        redirect_uris: ["http://127.0.0.1/callback"], grant_types: web },
      { client_id: "pushing", application_type: "native", token_endpoint_auth_method: "none",
        redirect_uris: ["http://127.0.0.1/callback"], grant_types: web, require_pushed_authorization_requests: true },
      { client_id: "implicit", application_type: "native", token_endpoint_auth_method: "none",
        redirect_uris: ["http://127.0.0.1/callback"], grant_types: ["implicit"], response_types: ["id_token token", "id_token"] },
      { client_id: "machine", client_secret: "s:e/c r%et", redirect_uris: [], response_types: [], grant_types: ["client_credentials"] },
      { client_id: "posting", client_secret: "posted", token_endpoint_auth_method: "client_secret_post",
        redirect_uris: [], response_types: [], grant_types: ["client_credentials"] },
      { client_id: "hmac", client_secret: "a secret of 32 bytes or more, for HS256", token_endpoint_auth_method: "client_secret_jwt",
        redirect_uris: [], response_types: [], grant_types: ["client_credentials"] },
      { client_id: "signing", token_endpoint_auth_method: "private_key_jwt",
        jwks: { keys: [{ ...publicKey.export({ format: "jwk" }), kid: "k1", alg: "RS256", use: "sig" }] },
        redirect_uris: [], response_types: [], grant_types: ["client_credentials"] },
    ],
    features: {
      devInteractions: { enabled: true },
      clientCredentials: { enabled: true },
      deviceFlow: { enabled: true },
      revocation: { enabled: true },
      introspection: { enabled: true },
      pushedAuthorizationRequests: { enabled: true },
    },
    responseTypes: ["code", "id_token", "id_token token", "none"],
    scopes: ["openid", "offline_access", "read", "write"],
    pkce: { required: () => true },
    issueRefreshToken: async (ctx, client, code) => client.grantTypeAllowed("refresh_token") && code.scopes.has("offline_access"),
    rotateRefreshToken: true,
    ttl: { AccessToken: 3600, ClientCredentials: 600, DeviceCode: 600 },
    clientBasedCORS: () => false,
  });
  provider.on("server_error", (_, error) => console.error(error));
  server.on("request", provider.callback());
  const other = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "pem", type: "pkcs8" });
  const pem = privateKey.export({ format: "pem", type: "pkcs8" });
  process.stdout.write(JSON.stringify({ issuer, private_key: pem, other_key: other }) + "\n");
});

process.stdin.resume();
process.stdin.on("end", () => process.exit(0));
