using Workerd = import "/workerd/workerd.capnp";

# The Worker on the route of the address, and the server behind it.
const config :Workerd.Config = (
  services = [
    (name = "worker", worker = .worker),
    (name = "app", external = (http = ())),
  ],
  sockets = [(name = "http", http = (), service = "worker")],
);

const worker :Workerd.Worker = (
  modules = [(name = "worker", esModule = embed "worker.mjs")],
  compatibilityDate = "2026-01-01",
  globalOutbound = "app",
);
