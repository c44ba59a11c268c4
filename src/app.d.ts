declare global {
	/** Size of the engine's module in bytes once unpacked, known at build: the whole of which its start is a fraction. */
	const __ENGINE_BYTES__: number;
}

export {};
