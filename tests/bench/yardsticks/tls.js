/* Node's TLS server, for one suite, ECDHE-ECDSA with AES-128-GCM, and TLS 1.2: tls.js CERTIFICATE KEY ANSWER
 * Each line is answered with ANSWER, or with itself if that is empty; all lines of a read in one write. Sessions are
 * kept by their id, as Node leaves that to programs and the load program knows no tickets. */
const fs = require("fs");
const tls = require("tls");

const [certificate, key, text] = process.argv.slice(2);
const answer = text ? Buffer.from(`${text}\r\n`) : null;
const sessions = new Map();

const server = tls.createServer({
  cert: fs.readFileSync(certificate),
  key: fs.readFileSync(key),
  minVersion: "TLSv1.2",
  maxVersion: "TLSv1.2",
  ciphers: "ECDHE-ECDSA-AES128-GCM-SHA256",
}, (socket) => {
  socket.setNoDelay(true);
  socket.on("error", () => {});
  socket.on("data", (data) => {
    if (answer === null) {
      socket.write(data);
      return;
    }
    let lines = 0;
    for (let at = data.indexOf(10); at >= 0; at = data.indexOf(10, at + 1)) lines++;
    if (lines > 0) socket.write(Buffer.concat(Array(lines).fill(answer)));
  });
});
server.on("newSession", (id, data, done) => {
  sessions.set(id.toString("hex"), data);
  if (sessions.size > 1000) sessions.delete(sessions.keys().next().value);
  done();
});
server.on("resumeSession", (id, done) => done(null, sessions.get(id.toString("hex")) || null));
server.on("tlsClientError", () => {});
server.listen(0, "127.0.0.1", () => console.log(`ready 127.0.0.1:${server.address().port}`));
