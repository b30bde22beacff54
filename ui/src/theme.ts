// Colours, type and sizes of the whole window. Every pair used for text meets WCAG AA (4.5:1) in
// light and in dark; signal colours never speak alone (see `Signal`).
import {
  Badge,
  Button,
  CloseButton,
  createTheme,
  Menu,
  Modal,
  NavLink,
  Paper,
  Popover,
  Table,
  Tooltip,
  type CSSVariablesResolver,
  type MantineColorsTuple,
  MultiSelect,
  Select,
} from "@mantine/core";
import { findOptions } from "./finds";
import { t } from "./i18n";

const accent: MantineColorsTuple = [
  "#eef4fc",
  "#dae7f8",
  "#b3cdf1",
  "#86b0ea",
  "#6ea0e6",
  "#3f7fd6",
  "#1f5fbf",
  "#1a52a6",
  "#15448a",
  "#0f3369",
];
const gray: MantineColorsTuple = [
  "#f7f8fa",
  "#eef0f3",
  "#e3e6eb",
  "#d3d8df",
  "#b9c0ca",
  "#8d96a3",
  "#667080",
  "#4a5361",
  "#333b47",
  "#1d232c",
];
const dark: MantineColorsTuple = [
  "#d6dae0",
  "#b8bec8",
  "#9aa2ae",
  "#6c7583",
  "#444c58",
  "#343b46",
  "#282e37",
  "#1c2128",
  "#14181d",
  "#0e1115",
];
const good: MantineColorsTuple = [
  "#e9f6ee",
  "#d1ecdb",
  "#a6dab9",
  "#76c694",
  "#4fb577",
  "#2f9a5b",
  "#1b7a43",
  "#166839",
  "#11552e",
  "#0b3f22",
];
const attention: MantineColorsTuple = [
  "#fdf4e3",
  "#fae6c1",
  "#f4cf8b",
  "#eeb654",
  "#e6a02c",
  "#b97812",
  "#8f5a05",
  "#784b03",
  "#613c02",
  "#472c01",
];
const wrong: MantineColorsTuple = [
  "#fdeeed",
  "#fad8d6",
  "#f4b0ac",
  "#ee8a84",
  "#f08a84",
  "#d9453d",
  "#bd2b24",
  "#a1231d",
  "#841b16",
  "#61120f",
];

/** The theme, with what the library's parts say in the language of the window. */
export function themeNow() {
  const cross = { "aria-label": t("common.close"), variant: "subtle" };
  return createTheme({
    fontFamily:
      '"Inter Variable", "Noto Sans Devanagari Homeroom", "Noto Naskh Arabic Homeroom", system-ui, sans-serif',
    fontFamilyMonospace: "ui-monospace, Menlo, Consolas, monospace",
    headings: {
      fontFamily: "inherit",
      fontWeight: "600",
      sizes: {
        h1: { fontSize: "1.25rem", lineHeight: "1.4" },
        h2: { fontSize: "1.0625rem", lineHeight: "1.4" },
        h3: { fontSize: "0.9375rem", lineHeight: "1.4" },
      },
    },
    fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.125rem" },
    spacing: { xs: "0.5rem", sm: "0.75rem", md: "1rem", lg: "1.5rem", xl: "2rem" },
    colors: { accent, gray, dark, good, attention, wrong },
    primaryColor: "accent",
    primaryShade: 6,
    autoContrast: true,
    luminanceThreshold: 0.2,
    defaultRadius: "sm",
    cursorType: "pointer",
    respectReducedMotion: true,
    components: {
      Button: Button.extend({ defaultProps: { size: "xs" } }),
      Badge: Badge.extend({
        defaultProps: { radius: "sm", variant: "light" },
        styles: { label: { textTransform: "none", fontWeight: 500 } },
      }),
      // What takes the keys is there with the key that opens it, and gone with the one that closes it.
      Modal: Modal.extend({
        defaultProps: { centered: true, transitionProps: { duration: 0 } },
        styles: {
          title: { fontWeight: 600, fontSize: "1.0625rem" },
          inner: { bottom: "var(--notices, 0px)" },
          content: { maxHeight: "calc(100dvh - var(--modal-y-offset) * 2 - var(--notices, 0px))" },
        },
      }),
      Menu: Menu.extend({ defaultProps: { transitionProps: { duration: 0 } } }),
      Popover: Popover.extend({ defaultProps: { transitionProps: { duration: 0 } } }),
      // A button that is only a cross has a name, wherever a part of the library puts it.
      CloseButton: CloseButton.extend({ defaultProps: cross }),
      MultiSelect: MultiSelect.extend({ defaultProps: { filter: findOptions } }),
      Select: Select.extend({ defaultProps: { filter: findOptions } }),
      NavLink: NavLink.extend({ styles: { label: { fontSize: "0.8125rem" } } }),
      Paper: Paper.extend({ defaultProps: { radius: "md" } }),
      Table: Table.extend({ defaultProps: { verticalSpacing: 6, tabularNums: true } }),
      Tooltip: Tooltip.extend({
        defaultProps: { openDelay: 400, withArrow: false, transitionProps: { duration: 100 } },
      }),
    },
  });
}

/** The variables that Mantine's defaults leave below AA, and the signal colours as text and tint. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: { "--row": "2rem", "--sheet-row": "1.75rem" },
  light: {
    "--mantine-color-error": "#b3241e",
    "--mantine-color-dimmed": "#5a6371",
    "--mantine-color-placeholder": "#687180",
    "--mantine-color-anchor": "#1a52a6",
    "--mantine-color-accent-light-color": "#1a52a6",
    "--mantine-color-good-light-color": "#166839",
    "--mantine-color-attention-light-color": "#784b03",
    "--mantine-color-wrong-light-color": "#a1231d",
    "--mantine-color-good-light": "#e2f3e8",
    "--mantine-color-attention-light": "#fdf0d6",
    "--mantine-color-wrong-light": "#fce6e4",
    "--surface": "#ffffff",
    "--surface-raised": "#f7f8fa",
    "--line": "#e3e6eb",
    "--good-text": "#166839",
    "--good-tint": "#e2f3e8",
    "--attention-text": "#784b03",
    "--attention-tint": "#fdf0d6",
    "--wrong-text": "#a1231d",
    "--wrong-tint": "#fce6e4",
    "--accent-text": "#1a52a6",
    "--accent-tint": "#e6effb",
  },
  dark: {
    "--mantine-color-error": "#ff9a93",
    "--mantine-color-dimmed": "#a3abb7",
    "--mantine-color-placeholder": "#98a1ae",
    "--mantine-color-anchor": "#8fb8f2",
    "--mantine-color-accent-light-color": "#8fb8f2",
    "--mantine-color-good-light-color": "#7fd6a0",
    "--mantine-color-attention-light-color": "#f2c26a",
    "--mantine-color-wrong-light-color": "#ff9a93",
    "--mantine-color-good-light": "#17301f",
    "--mantine-color-attention-light": "#35290f",
    "--mantine-color-wrong-light": "#3a1b1a",
    "--mantine-color-body": "#14181d",
    "--surface": "#14181d",
    "--surface-raised": "#1c2128",
    "--line": "#2b323c",
    "--good-text": "#7fd6a0",
    "--good-tint": "#17301f",
    "--attention-text": "#f2c26a",
    "--attention-tint": "#35290f",
    "--wrong-text": "#ff9a93",
    "--wrong-tint": "#3a1b1a",
    "--accent-text": "#8fb8f2",
    "--accent-tint": "#1a2b45",
  },
});
