// A force's identity provider for the tests: oidc-provider, a certified OpenID Connect server.
// Usage: node provider.mjs REDIRECT_URI; prints the issuer on standard output, then serves.
import { createServer } from "node:http";
import { Provider } from "oidc-provider";

const people = {
  asha: { email: "asha@wiltshire.example", email_verified: true },
  unverified: { email: "asha@wiltshire.example", email_verified: false },
  stranger: { email: "stranger@wiltshire.example", email_verified: true },
  bryn: { email: "bryn@gloucestershire.example", email_verified: true },
};

const server = createServer();
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: "crossforce",
        client_secret: "a-secret-of-the-tests",
        redirect_uris: [process.argv[2]],
        response_types: ["code"],
        grant_types: ["authorization_code"],
      },
    ],
    claims: { openid: ["sub"], email: ["email", "email_verified"] },
    pkce: { required: () => true },
    findAccount: (context, sub) => ({ accountId: sub, claims: () => ({ sub, ...people[sub] }) }),
  });
  server.on("request", provider.callback());
  console.log(issuer);
});
