import { defineConfig } from "vite";

export default defineConfig({
  // Without it Vite allows pages of this machine; a setting of `server.cors` stands in its place.
  ...(process.env.BARE && { server: { cors: false } }),
  // Here goes what `why --fix` prints.
});
