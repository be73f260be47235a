import net.from_package
