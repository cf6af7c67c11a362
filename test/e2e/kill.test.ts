import { killSuite } from "../support/suites/kill.ts";

killSuite(async () => ({ url: null, remove: async () => {} }));
