import net.base
