// Addresses: one route a screen, in the hash so that they work under any origin of the web view.
import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
  useNavigate,
} from "@tanstack/react-router";
import { Button } from "@mantine/core";
import { EmptyState, ErrorState, LoadingShape } from "./components/states";
import { Frame } from "./frame/Frame";
import { noteOpened } from "./frame/recent";
import { useTranslation } from "./i18n";
import { features, railEntries } from "./registry";
import { recall, remember } from "./session/memory";

function NotFound() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <EmptyState
      title={t("frame.notFound.title")}
      action={<Button onClick={() => void navigate({ to: "/" })}>{t("frame.notFound.home")}</Button>}
    >
      {t("frame.notFound.text")}
    </EmptyState>
  );
}

/** The router of one signed-in person; it starts where the window was left. */
export function makeRouter(operations: readonly string[]) {
  const root = createRootRoute({ component: Frame, notFoundComponent: NotFound });
  const home = createRoute({
    getParentRoute: () => root,
    path: "/",
    beforeLoad: () => {
      const last = recall("path");
      const first = railEntries(operations)[0]?.path ?? "/account/sessions";
      throw redirect({ href: last !== null && last !== "/" && last.startsWith("/") ? last : first, replace: true });
    },
  });
  const screens = features.flatMap((feature) =>
    feature.screens.map((screen) =>
      createRoute({
        getParentRoute: () => root,
        path: screen.path,
        component: lazyRouteComponent(screen.load),
        ...(screen.search === undefined ? {} : { validateSearch: screen.search }),
      }),
    ),
  );
  const router = createRouter({
    routeTree: root.addChildren([home, ...screens]),
    history: createHashHistory(),
    defaultPreload: false,
    defaultPendingComponent: () => <LoadingShape />,
    defaultErrorComponent: ({ error, reset }) => <ErrorState error={error} onRetry={reset} />,
  });
  router.subscribe("onResolved", ({ toLocation }) => {
    remember("path", toLocation.href);
    noteOpened(toLocation.pathname);
  });
  return router;
}
