// The one query client of the window.
import { QueryCache, QueryClient } from "@tanstack/react-query";
import { OperationError } from "../bridge";

/** The database is local or on the school's network: what fails there is tried again, a refusal is not. */
const passing = new Set(["unreachable", "database_unreachable"]);

/** What somebody may not see any more, or is not there any more, must not stay on the screen because it once was. */
const gone = new Set(["not_found", "forbidden"]);

export const queries = new QueryClient({
  queryCache: new QueryCache({
    onError: (error, query) => {
      if (error instanceof OperationError && gone.has(error.code)) query.setState({ data: undefined });
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 60_000, // Changes are announced; this only bounds what an announcement missed.
      networkMode: "always",
      refetchOnWindowFocus: false,
      retry: (failures, error) => failures < 2 && error instanceof OperationError && passing.has(error.code),
    },
    mutations: { networkMode: "always" },
  },
});
