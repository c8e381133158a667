/* ActionHero with its socket server on a port of 127.0.0.1: actionhero.js PORT
 * Its own configuration, but for what its README asks of who adds the socket server, the room that chats need, Redis
 * imitated in memory, no web servers and no log. NODE_PATH names the modules. */
const path = require("path");

const folder = (name) => path.dirname(require.resolve(`${name}/package.json`));

process.env.ACTIONHERO_CONFIG = path.join(folder("actionhero"), "dist", "config");
process.env.LOG_LEVEL = "emerg";
const { Process, config } = require("actionhero");

const redis = { konstructor: require("ioredis-mock"), args: [], buildNew: true };
Object.assign(config.redis, { client: redis, subscriber: redis, tasks: redis });
Object.assign(config.general.paths, { log: [] });
Object.assign(config.general, { startingChatRooms: { defaultRoom: {} } });
config.web.enabled = false;
config.websocket.enabled = false;
config.routes = {};
config.errors.serializers.servers.socket = (error) => (error.message ? String(error.message) : error);
config.plugins = { "actionhero-socket-server": { path: folder("actionhero-socket-server") } };
config.socket = {
  enabled: true,
  secure: false,
  serverOptions: {},
  port: Number(process.argv[2]),
  bindIP: "127.0.0.1",
  setKeepAlive: false,
  delimiter: "\n",
  maxDataLength: 0,
};

new Process().start().then(() => console.log(`ready 127.0.0.1:${config.socket.port}`));
