import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// The window is WebKitGTK on Linux, WKWebView on macOS and WebView2 on Windows; Safari 16.4 is
// the oldest of them. Assets stay files: the content security policy allows no data: fonts.
export default defineConfig({
  plugins: [react()],
  resolve: { tsconfigPaths: true },
  clearScreen: false,
  build: {
    target: ["safari16.4", "chrome120"],
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
  },
  server: { fs: { allow: [".."] } },
  test: {
    environment: "jsdom",
    globals: true,
    setupFiles: ["./src/test/setup.ts"],
    css: false,
    testTimeout: 30_000,
    // By itself it leaves one processor out, which is half of a small computer.
    maxWorkers: "100%",
  },
});
