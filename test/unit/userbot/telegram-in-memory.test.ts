import { memoryNews } from "../../contract/telegram/memory-news.ts";
import { telegramContract } from "../../contract/telegram/suite.ts";

telegramContract("memory", async () => memoryNews());
