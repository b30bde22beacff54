// As the window itself is built; its code and the catalogue lie outside of this folder.
import { mergeConfig } from "vite";
import window from "../vite.config";

export default mergeConfig(window, { server: { fs: { allow: ["../.."] } } });
