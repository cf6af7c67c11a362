import { downloadSuite } from "../support/suites/download.ts";

downloadSuite(async () => ({ url: null, remove: async () => {} }));
