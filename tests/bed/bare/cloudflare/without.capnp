using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [(name = "app", external = (http = ()))],
  sockets = [(name = "http", http = (), service = "app")],
);
