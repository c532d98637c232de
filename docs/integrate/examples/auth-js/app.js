// A web app that signs people in: Express with Auth.js, its defaults. ISSUER, CLIENT_ID, CLIENT_SECRET, PORT.
import { randomBytes } from "node:crypto";
import { ExpressAuth, getSession } from "@auth/express";
import express from "express";

const { ISSUER, CLIENT_ID, CLIENT_SECRET, PORT = "8080" } = process.env;
const config = {
  secret: randomBytes(32).toString("hex"), // keep one of your own, or a restart signs everybody out
  providers: [
    { id: "realm", name: "Realm", type: "oidc", issuer: ISSUER, clientId: CLIENT_ID, clientSecret: CLIENT_SECRET },
  ],
};
const app = express();
app.use("/auth", ExpressAuth(config));

app.get("/", async (request, response) => {
  const session = await getSession(request, config);
  if (!session) return response.redirect("/auth/signin");
  response.type("text").send(`${session.user.name} (${session.user.email})`);
});

app.listen(Number(PORT), "127.0.0.1");
