/// The files of the site that are the same for every schema.
enum Assets {
    /// A paper plane, in the color of links.
    static let icon = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
        <rect width="32" height="32" rx="7" fill="#1769aa"/>
        <path d="M6 15.5 26 7l-4 18-6.5-5-3 3.5-.5-5.500L22 10 9.500 17z" fill="#fff"/>
        </svg>

        """
}
