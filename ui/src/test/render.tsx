// Renders a part of the window as the window does, and checks it with axe.
import { DirectionProvider, MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, type RenderResult } from "@testing-library/react";
import axe from "axe-core";
import type { ReactNode } from "react";
import { cssVariables, themeNow } from "../theme";

export function show(children: ReactNode, { rtl = false } = {}): RenderResult {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  return render(
    <DirectionProvider initialDirection={rtl ? "rtl" : "ltr"} detectDirection={false}>
      <MantineProvider theme={themeNow()} cssVariablesResolver={cssVariables} env="test">
        <QueryClientProvider client={queries}>{children}</QueryClientProvider>
      </MantineProvider>
    </DirectionProvider>,
  );
}

/** What axe objects to, one line each. jsdom lays nothing out, so contrast is left to the real window. */
export async function objections(container: Element): Promise<string[]> {
  const { violations } = await axe.run(container, {
    rules: { "color-contrast": { enabled: false }, region: { enabled: false } },
  });
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html}`));
}
