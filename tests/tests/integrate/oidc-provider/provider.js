// A provider where everybody may sign in, with the pages that the library brings for development.
import Provider from 'oidc-provider';

const { PORT, CLIENT_SECRET, REDIRECT_URI } = process.env;

const provider = new Provider(`http://127.0.0.1:${PORT}`, {
  clients: [{ client_id: 'realmkeep', client_secret: CLIENT_SECRET, redirect_uris: [REDIRECT_URI] }],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
  cookies: { keys: [CLIENT_SECRET] },
  pkce: { required: () => true },
  findAccount: (_context, id) => ({
    accountId: id,
    claims: () => ({ sub: id, name: 'Ada of Elsewhere', email: `${id}@provider.example`, email_verified: true }),
  }),
});

provider.listen(Number(PORT), '127.0.0.1');
